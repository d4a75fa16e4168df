import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Scanner;

class Main {
    private static int missingPositive(Queue<Integer> ascending, int next) {
        Integer head = ascending.poll();
        if (head == null || head > next) {
            return next;
        }
        // smaller heads are leftovers: non-positive or already matched
        return missingPositive(ascending, head == next ? next + 1 : next);
    }

    public static void main(String[] args) {
        Queue<Integer> ascending = new PriorityQueue<>();
        try (Scanner stdin = new Scanner(System.in)) {
            int remaining = stdin.nextInt();
            while (remaining > 0) {
                ascending.offer(stdin.nextInt());
                remaining--;
            }
        }
        System.out.println(missingPositive(ascending, 1));
    }
}
