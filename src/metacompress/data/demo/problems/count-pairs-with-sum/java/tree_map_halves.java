import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;

class Main {
    public static void main(String[] args) {
        TreeMap<Long, Long> frequency = new TreeMap<>();
        try (Scanner in = new Scanner(System.in)) {
            for (int left = in.nextInt(); left > 0; left--) {
                frequency.compute(in.nextLong(), (value, old) -> old == null ? 1 : old + 1);
            }
            System.out.println(combine(frequency, in.nextLong()));
        }
    }

    /** Takes the smaller partner of every pair, and the two equal halves on their own. */
    private static long combine(TreeMap<Long, Long> frequency, long sum) {
        long result = 0;
        for (Map.Entry<Long, Long> entry : frequency.entrySet()) {
            long small = entry.getKey();
            long large = sum - small;
            if (small > large) {
                break;
            }
            long k = entry.getValue();
            if (small == large) {
                result += k * (k - 1) / 2;
            } else {
                result += k * frequency.getOrDefault(large, 0L);
            }
        }
        return result;
    }
}
