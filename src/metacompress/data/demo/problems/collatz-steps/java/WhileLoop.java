import java.util.Scanner;

class Main {
    static int stepsToOne(long n) {
        int steps = 0;
        while (n > 1) {
            n = (n % 2 == 0) ? n / 2 : 3 * n + 1;
            steps++;
        }
        return steps;
    }

    public static void main(String[] args) {
        try (Scanner in = new Scanner(System.in)) {
            System.out.println(stepsToOne(in.nextLong()));
        }
    }
}
