import java.io.*;
import java.util.BitSet;

class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer st = new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in)));
        st.nextToken();
        int n = (int) st.nval;
        System.out.println(collectMissing(st, n).nextClearBit(1));
    }

    // Values above n cannot influence the answer.
    private static BitSet collectMissing(StreamTokenizer st, int n) throws IOException {
        BitSet bits = new BitSet(n + 2);
        for (int k = 0; k < n; k++) {
            st.nextToken();
            int v = (int) st.nval;
            if (v > 0 && v <= n) bits.set(v);
        }
        return bits;
    }
}
