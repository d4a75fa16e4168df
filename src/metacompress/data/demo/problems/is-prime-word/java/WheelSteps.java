import java.io.*;

class Main {

    // gaps between the numbers coprime to 30, starting at 7
    private static final int[] GAPS = {4, 2, 4, 2, 4, 6, 2, 6};

    private static int leastDivisor(int n) {
        int[] first = {2, 3, 5};
        for (int p : first) {
            if (n % p == 0) return p;
        }
        int d = 7;
        for (int i = 0; d <= n / d; i = (i + 1) % GAPS.length) {
            if (n % d == 0) return d;
            d += GAPS[i];
        }
        return n;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
        in.nextToken();
        int n = (int) in.nval;
        String primeOrNot = "neither";
        if (n > 1) {
            primeOrNot = leastDivisor(n) < n ? "composite" : "prime";
        }
        System.out.println(primeOrNot);
    }
}
