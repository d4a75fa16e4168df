import java.io.*;

class Main {
    static StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));

    static int next() throws IOException {
        st.nextToken();
        return (int) st.nval;
    }

    public static void main(String[] args) throws IOException {
        int remaining = next();
        System.out.println(maxSubarrayGap(remaining));
    }

    /* The best block ends at the current prefix and begins at the lowest one seen so far. */
    static int maxSubarrayGap(int remaining) throws IOException {
        boolean found = false;
        int prefix = 0, floor = 0, gap = 0;
        while (remaining-- > 0) {
            prefix += next();
            if (!found || prefix - floor > gap) {
                gap = prefix - floor;
                found = true;
            }
            floor = Math.min(floor, prefix);
        }
        return gap;
    }
}
