import java.util.Scanner;

class Main {
    static int largestFactor(int n) {
        int largest = 1;
        int p = 2;
        while (p <= n / p) {
            if (n % p == 0) {
                largest = p;
                n /= p;
            } else {
                p++;
            }
        }
        return n > 1 ? n : largest;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        System.out.println(largestFactor(scanner.nextInt()));
    }
}
