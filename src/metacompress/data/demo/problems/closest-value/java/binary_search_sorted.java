import java.util.Arrays;
import java.util.Scanner;

class Main {
    private static long findClosest(long[] a, long goal) {
        if (a.length == 0) return 0;
        Arrays.sort(a);
        int low = 0, high = a.length - 1;
        // narrow down to two neighbours that enclose the goal
        while (high - low > 1) {
            int mid = (low + high) / 2;
            if (a[mid] <= goal) low = mid;
            else high = mid;
        }
        return Math.abs(a[high] - goal) < Math.abs(goal - a[low]) ? a[high] : a[low];
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            long[] a = new long[sc.nextInt()];
            Arrays.setAll(a, i -> sc.nextLong());
            System.out.println(findClosest(a, sc.nextLong()));
        }
    }
}
