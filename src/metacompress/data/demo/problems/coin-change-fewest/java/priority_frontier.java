import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Scanner;

class Main {
    record State(long paid, int coins) {}

    static int cheapest(long[] faces, long price) {
        boolean[] settled = new boolean[(int) price + 1];
        var frontier = new PriorityQueue<State>(Comparator.comparingInt(State::coins));
        frontier.add(new State(0, 0));
        while (!frontier.isEmpty()) {
            State s = frontier.remove();
            if (s.paid() == price) {
                return s.coins();
            }
            if (settled[(int) s.paid()]) {
                continue;
            }
            settled[(int) s.paid()] = true;
            for (long face : faces) {
                long paid = s.paid() + face;
                if (paid <= price) {
                    frontier.add(new State(paid, s.coins() + 1));
                }
            }
        }
        return -1;
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            long[] faces = new long[sc.nextInt()];
            int i = 0;
            while (i < faces.length) {
                faces[i++] = sc.nextLong();
            }
            System.out.println(cheapest(faces, sc.nextLong()));
        }
    }
}
