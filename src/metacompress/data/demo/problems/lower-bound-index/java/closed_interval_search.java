import java.util.Scanner;

class Main {
    static int lowerBound(int[] sorted, int target) {
        int left = 0;
        int right = sorted.length - 1;
        int answer = sorted.length;
        while (left <= right) {
            int middle = (left + right) / 2;
            if (sorted[middle] >= target) {
                answer = middle;
                right = middle - 1;
            } else {
                left = middle + 1;
            }
        }
        return answer;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] sorted = new int[n];
        for (int i = 0; i < n; i++) {
            sorted[i] = scanner.nextInt();
        }
        int target = scanner.nextInt();
        System.out.println(lowerBound(sorted, target));
    }
}
