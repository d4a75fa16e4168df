import java.util.Scanner;

class Main {
    record TopTwo(int first, int second) {
        TopTwo with(int candidate) {
            if (candidate > first) {
                return new TopTwo(candidate, first);
            }
            if (candidate < first && candidate > second) {
                return new TopTwo(first, candidate);
            }
            return this;
        }
    }

    static TopTwo scan(Scanner numbers, int remaining) {
        if (remaining == 0) {
            return new TopTwo(-1, -1);
        }
        int head = numbers.nextInt();
        TopTwo rest = scan(numbers, remaining - 1);
        return rest.with(head);
    }

    public static void main(String[] args) {
        try (Scanner stdin = new Scanner(System.in)) {
            int size = stdin.nextInt();
            System.out.println(scan(stdin, size).second());
        }
    }
}
