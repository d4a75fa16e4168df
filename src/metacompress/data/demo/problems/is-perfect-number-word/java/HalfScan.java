import java.util.Scanner;

class Main {
    static int sumOfParts(int n) {
        int sum = 0;
        for (int i = 1; i <= n / 2; i++) {
            if (n % i == 0) {
                sum += i;
            }
        }
        return sum;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        int n = sc.nextInt();
        int sum = sumOfParts(n);
        if (n == 0 || sum < n) {
            System.out.println("deficient");
        } else if (sum == n) {
            System.out.println("perfect");
        } else {
            System.out.println("abundant");
        }
    }
}
