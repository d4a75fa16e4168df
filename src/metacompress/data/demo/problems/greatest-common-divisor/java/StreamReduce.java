import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

class Main {

    private static long reduceByDifference(long p, long q) {
        while (p > 0 && q > 0) {
            if (p >= q) {
                long times = p / q;
                p -= times * q;
            } else {
                long times = q / p;
                q -= times * p;
            }
        }
        return p | q;
    }

    public static void main(String[] args) throws Exception {
        String text = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
        long commonDivisor = Stream.of(text.strip().split(" +"))
                .mapToLong(Long::parseLong)
                .map(Math::abs)
                .reduce(0L, Main::reduceByDifference);
        System.out.println(commonDivisor);
    }
}
