import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.StringTokenizer;
import java.util.stream.IntStream;

class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(br.readLine().trim());
        long[] upTo = new long[n + 1];
        if (n > 0) {
            StringTokenizer st = new StringTokenizer(br.readLine());
            for (int i = 1; i <= n; i++) upTo[i] = Long.parseLong(st.nextToken());
        }
        Arrays.parallelPrefix(upTo, Long::sum);
        System.out.println(equilibriumPoint(upTo));
    }

    // upTo[i] holds the sum of the first i elements
    private static int equilibriumPoint(long[] upTo) {
        long all = upTo[upTo.length - 1];
        return IntStream.range(0, upTo.length - 1)
            .filter(i -> upTo[i] + upTo[i + 1] == all)
            .findFirst()
            .orElse(-1);
    }
}
