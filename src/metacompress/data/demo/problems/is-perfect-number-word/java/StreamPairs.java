import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.stream.IntStream;

class Main {
    private static int aliquot(int n) {
        return IntStream.iterate(1, d -> (long) d * d <= n, d -> d + 1)
                .filter(d -> n % d == 0)
                .flatMap(d -> IntStream.of(d, n / d))
                .distinct()
                .filter(d -> d < n)
                .sum();
    }

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(in.readLine().trim());
        String[] words = {"deficient", "perfect", "abundant"};
        int index = n == 0 ? 0 : Integer.compare(aliquot(n), n) + 1;
        System.out.println(words[index]);
    }
}
