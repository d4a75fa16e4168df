import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

class Main {
    private final List<Integer> heights = new ArrayList<>();

    int numberOfPeaks(int low, int high) {
        if (low > high) {
            return 0;
        }
        int mid = (low + high) / 2;
        int here = summit(mid) ? 1 : 0;
        return numberOfPeaks(low, mid - 1) + here + numberOfPeaks(mid + 1, high);
    }

    private boolean summit(int i) {
        int h = heights.get(i);
        return heights.get(i - 1) < h && h > heights.get(i + 1);
    }

    public static void main(String[] args) {
        Main m = new Main();
        try (Scanner sc = new Scanner(System.in)) {
            for (int left = sc.nextInt(); left > 0; left--) {
                m.heights.add(sc.nextInt());
            }
        }
        // the two border elements are left out
        System.out.println(m.numberOfPeaks(1, m.heights.size() - 2));
    }
}
