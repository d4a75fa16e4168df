import java.nio.charset.StandardCharsets;

class Main {
    private final int[] partSum;

    Main(int limit) {
        partSum = new int[limit + 1];
        for (int d = 1; d <= limit / 2; d++) {
            int m = d + d;
            while (m <= limit) {
                partSum[m] += d;
                m += d;
            }
        }
    }

    String checkPerfect(int n) {
        boolean enough = partSum[n] >= n;
        boolean tooMuch = partSum[n] > n;
        if (n > 0 && enough) {
            return tooMuch ? "abundant" : "perfect";
        }
        return "deficient";
    }

    public static void main(String[] args) throws Exception {
        byte[] bytes = System.in.readAllBytes();
        int n = Integer.parseInt(new String(bytes, StandardCharsets.US_ASCII).trim());
        System.out.println(new Main(n).checkPerfect(n));
    }
}
