import java.util.Arrays;
import java.util.Scanner;

class Main {
    static int kthSmallest(int[] numbers, int k) {
        if (k < 1 || k > numbers.length) {
            return -1;
        }
        int[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[k - 1];
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = scanner.nextInt();
        }
        int k = scanner.nextInt();
        System.out.println(kthSmallest(numbers, k));
    }
}
