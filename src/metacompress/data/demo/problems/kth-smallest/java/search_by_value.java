import java.util.Scanner;
import java.util.stream.IntStream;

class Main {
    private final int[] data;

    private Main(int[] data) {
        this.data = data;
    }

    private long notAbove(int limit) {
        return IntStream.of(data).filter(x -> x <= limit).count();
    }

    /** Smallest limit that at least k elements stay within. */
    int kth(int k) {
        if (k <= 0 || data.length < k) return -1;
        int low = 0, high = IntStream.of(data).max().getAsInt();
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (notAbove(middle) >= k) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            int size = sc.nextInt();
            Main solver = new Main(IntStream.generate(sc::nextInt).limit(size).toArray());
            System.out.println(solver.kth(sc.nextInt()));
        }
    }
}
