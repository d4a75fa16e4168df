import java.util.Scanner;
import java.util.SortedSet;
import java.util.TreeSet;

class Main {
    private static SortedSet<Long> countDistinct(long[] data, int begin, int end) {
        SortedSet<Long> values = new TreeSet<>();
        if (end - begin == 1) {
            values.add(data[begin]);
        } else if (begin < end) {
            int split = begin + (end - begin) / 2;
            values.addAll(countDistinct(data, begin, split));
            values.addAll(countDistinct(data, split, end));
        }
        return values;
    }

    public static void main(String[] args) {
        try (Scanner sc = new Scanner(System.in)) {
            long[] data = new long[sc.nextInt()];
            int k = 0;
            while (k < data.length) {
                data[k++] = sc.nextLong();
            }
            System.out.println(countDistinct(data, 0, data.length).size());
        }
    }
}
