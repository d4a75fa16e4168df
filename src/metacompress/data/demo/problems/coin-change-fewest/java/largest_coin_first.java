import java.io.*;
import java.util.Arrays;

class Main {
    private static int best = Integer.MAX_VALUE;

    // Coins are sorted; `last` is the largest one still allowed.
    private static void search(int[] sorted, int last, int rest, int used) {
        if (rest == 0) {
            best = Math.min(best, used);
            return;
        }
        if (last < 0) return;
        int lowerLimit = used + (rest - 1) / sorted[last] + 1;
        if (lowerLimit >= best) return;
        if (sorted[last] <= rest) search(sorted, last, rest - sorted[last], used + 1);
        search(sorted, last - 1, rest, used);
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        st.nextToken();
        int[] coins = new int[(int) st.nval];
        for (int i = 0; i < coins.length; i++) {
            st.nextToken();
            coins[i] = (int) st.nval;
        }
        st.nextToken();
        Arrays.sort(coins);
        search(coins, coins.length - 1, (int) st.nval, 0);
        System.out.println(best == Integer.MAX_VALUE ? -1 : best);
    }
}
