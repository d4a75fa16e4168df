import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

class Main {
    // sums[w][i] is the sum of the w elements starting at i
    private static long maxSubarraySum(long[] row) {
        int n = row.length;
        long[][] sums = new long[n + 1][];
        sums[0] = new long[n + 1];
        long top = Long.MIN_VALUE;
        for (int w = 1; w <= n; w++) {
            sums[w] = new long[n - w + 1];
            for (int i = 0; i + w <= n; i++) {
                sums[w][i] = sums[w - 1][i] + row[i + w - 1];
                if (sums[w][i] > top) top = sums[w][i];
            }
        }
        return n == 0 ? 0 : top;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        int n = Integer.parseInt(reader.readLine().trim());
        long[] row = new long[n];
        if (n > 0) {
            StringTokenizer tokens = new StringTokenizer(reader.readLine());
            for (int k = 0; k < n; k++) row[k] = Long.parseLong(tokens.nextToken());
        }
        System.out.println(maxSubarraySum(row));
    }
}
