import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.stream.IntStream;

class Main {
    private static long peaks(long[] row) {
        return IntStream.rangeClosed(1, row.length - 2)
            .filter(i -> row[i] > Math.max(row[i - 1], row[i + 1]))
            .count();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        int size = Integer.parseInt(reader.readLine().trim());
        String body = size > 0 ? reader.readLine().trim() : "";
        long[] row = size > 0
            ? Arrays.stream(body.split("\\s+")).mapToLong(Long::parseLong).toArray()
            : new long[0];
        System.out.println(peaks(row));
    }
}
