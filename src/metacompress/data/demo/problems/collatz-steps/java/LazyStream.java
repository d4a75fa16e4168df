import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.stream.LongStream;

class Main {
    private static long follow(long v) {
        return switch ((int) (v & 1)) {
            case 0 -> v >> 1;
            default -> v + v + v + 1;
        };
    }

    public static void main(String[] args) throws Exception {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        long seed = Long.parseLong(reader.readLine().trim());
        long collatzLength = LongStream.iterate(seed, v -> v > 1, Main::follow).count();
        System.out.println(collatzLength);
    }
}
