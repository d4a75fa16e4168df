import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Scanner;

class Main {
    static Deque<Deque<Integer>> load(Scanner sc) {
        int r = sc.nextInt(), c = sc.nextInt();
        Deque<Deque<Integer>> matrix = new ArrayDeque<>(r);
        for (int i = 0; i < r; i++) {
            Deque<Integer> row = new ArrayDeque<>(c);
            for (int j = 0; j < c; j++) row.add(sc.nextInt());
            matrix.add(row);
        }
        return matrix;
    }

    static void takeSpiral(int value) {
        System.out.print(separator + value);
        separator = " ";
    }

    private static String separator = "";

    public static void main(String[] args) {
        Deque<Deque<Integer>> m = load(new Scanner(System.in));
        boolean forward = true;
        // one round: a full row, then what is left at the open side of the others
        while (!m.isEmpty()) {
            Deque<Integer> line = forward ? m.pollFirst() : m.pollLast();
            while (!line.isEmpty()) {
                takeSpiral(forward ? line.pollFirst() : line.pollLast());
            }
            Iterator<Deque<Integer>> it = forward ? m.iterator() : m.descendingIterator();
            while (it.hasNext()) {
                Deque<Integer> row = it.next();
                takeSpiral(forward ? row.pollLast() : row.pollFirst());
                if (row.isEmpty()) it.remove();
            }
            forward = !forward;
        }
        System.out.println();
    }
}
