import java.util.Scanner;

class Main {
    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        System.out.println(digitalRootOf(n));
    }

    private static int digitalRootOf(int n) {
        while (n > 9) {
            int sum = 0;
            for (int left = n; left > 0; left /= 10) {
                sum += left % 10;
            }
            n = sum;
        }
        return n;
    }
}
