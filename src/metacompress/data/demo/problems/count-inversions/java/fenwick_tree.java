import java.io.*;
import java.util.Arrays;

class Main {
    static class Fenwick {
        final int[] cells;

        Fenwick(int size) {
            cells = new int[size + 1];
        }

        void add(int at) {
            while (at < cells.length) {
                cells[at]++;
                at += at & -at;
            }
        }

        int upTo(int at) {
            int sum = 0;
            while (at > 0) {
                sum += cells[at];
                at &= at - 1;
            }
            return sum;
        }
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer st = new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in)));
        st.nextToken();
        int[] v = new int[(int) st.nval];
        for (int i = 0; i < v.length; i++) {
            st.nextToken();
            v[i] = (int) st.nval;
        }
        int[] order = Arrays.stream(v).sorted().distinct().toArray();
        Fenwick smaller = new Fenwick(order.length);
        long numberOfInversions = 0;
        // from right to left: everything already added stands after v[i]
        for (int i = v.length - 1; i >= 0; i--) {
            int rank = Arrays.binarySearch(order, v[i]) + 1;
            numberOfInversions += smaller.upTo(rank - 1);
            smaller.add(rank);
        }
        System.out.println(numberOfInversions);
    }
}
