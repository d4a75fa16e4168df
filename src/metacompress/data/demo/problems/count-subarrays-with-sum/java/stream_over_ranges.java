import java.util.Arrays;
import java.util.Scanner;
import java.util.stream.IntStream;

class Main {
    private static boolean hits(int[] prefix, int from, int to, int sum) {
        return prefix[to] - prefix[from] == sum;
    }

    static long subarrayCount(int[] values, int sum) {
        int[] prefix = new int[values.length + 1];
        System.arraycopy(values, 0, prefix, 1, values.length);
        Arrays.parallelPrefix(prefix, Integer::sum);
        return IntStream.rangeClosed(1, values.length)
            .flatMap(to -> IntStream.range(0, to).filter(from -> hits(prefix, from, to, sum)))
            .count();
    }

    public static void main(String[] args) {
        try (Scanner input = new Scanner(System.in)) {
            int length = input.nextInt();
            int[] values = IntStream.range(0, length).map(k -> input.nextInt()).toArray();
            System.out.printf("%d%n", subarrayCount(values, input.nextInt()));
        }
    }
}
