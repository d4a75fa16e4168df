import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

class Main {
    static int findMissing(int[] a) {
        int n = a.length;
        // 1. make everything irrelevant look like n + 1
        for (int i = 0; i < n; i++) {
            if (a[i] <= 0 || a[i] > n) a[i] = n + 1;
        }
        // 2. a negative cell v - 1 says: v is in the list
        for (int i = 0; i < n; i++) {
            int v = Math.abs(a[i]);
            if (v <= n && a[v - 1] > 0) a[v - 1] = -a[v - 1];
        }
        for (int i = 0; i < n; i++) {
            if (a[i] > 0) return i + 1;
        }
        return n + 1;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        int[] a = new int[Integer.parseInt(reader.readLine().trim())];
        StringTokenizer row = new StringTokenizer("");
        for (int i = 0; i < a.length; i++) {
            while (!row.hasMoreTokens()) row = new StringTokenizer(reader.readLine());
            a[i] = Integer.parseInt(row.nextToken());
        }
        System.out.println(findMissing(a));
    }
}
