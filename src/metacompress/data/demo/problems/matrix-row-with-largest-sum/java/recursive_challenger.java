import java.util.Scanner;

class Main {
    static int total(int[] flat, int from, int to) {
        return from == to ? 0 : flat[from] + total(flat, from + 1, to);
    }

    // The current leader meets every later row in turn.
    static int largestRow(int[] flat, int width, int leader, int challenger) {
        if (challenger * width >= flat.length) {
            return leader;
        }
        int mine = total(flat, leader * width, leader * width + width);
        int theirs = total(flat, challenger * width, challenger * width + width);
        int next = theirs > mine ? challenger : leader;
        return largestRow(flat, width, next, challenger + 1);
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            int height = sc.nextInt();
            int width = sc.nextInt();
            int[] flat = new int[height * width];
            int k = 0;
            while (k < flat.length) {
                flat[k++] = sc.nextInt();
            }
            System.out.printf("%d%n", largestRow(flat, width, 0, 1));
        }
    }
}
