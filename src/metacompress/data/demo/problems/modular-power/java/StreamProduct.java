import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.stream.LongStream;

class Main {
    private static long multiplyMod(long x, long y) {
        return x * y % 1000007L;
    }

    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        String[] words = reader.readLine().trim().split("\\s+");
        long factor = Long.parseLong(words[0]) % 1000007L;
        if (factor < 0) factor += 1000007L;
        final long f = factor;
        long answer = LongStream.generate(() -> f)
                .limit(Long.parseLong(words[1]))
                .reduce(1L, Main::multiplyMod);
        System.out.println(answer);
    }
}
