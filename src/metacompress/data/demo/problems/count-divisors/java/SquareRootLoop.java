import java.util.Scanner;

class Main {
    private static int countDivisors(int n) {
        if (n == 0) {
            return 0;
        }
        int total = 0;
        int d = 1;
        while ((long) d * d < n) {
            if (n % d == 0) {
                total += 2;
            }
            d++;
        }
        if (d * d == n) {
            total++;
        }
        return total;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(countDivisors(in.nextInt()));
    }
}
