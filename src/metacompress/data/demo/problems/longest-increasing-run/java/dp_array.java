import java.util.Arrays;
import java.util.Scanner;

class Main {
    static int longestIncreasingRun(int[] a) {
        int[] endingAt = new int[a.length];
        Arrays.fill(endingAt, 1);
        for (int i = 1; i < a.length; i++) {
            if (a[i - 1] < a[i]) {
                endingAt[i] = endingAt[i - 1] + 1;
            }
        }
        return Arrays.stream(endingAt).max().orElse(0);
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = scanner.nextInt();
        }
        System.out.println(longestIncreasingRun(a));
    }
}
