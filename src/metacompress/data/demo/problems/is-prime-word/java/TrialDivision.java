import java.util.Scanner;

class Main {
    static boolean isPrime(int n) {
        for (int i = 2; (long) i * i <= n; i++) {
            if (n % i == 0) {
                return false;
            }
        }
        return true;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        int n = sc.nextInt();
        if (n <= 1) {
            System.out.println("neither");
        } else if (isPrime(n)) {
            System.out.println("prime");
        } else {
            System.out.println("composite");
        }
    }
}
