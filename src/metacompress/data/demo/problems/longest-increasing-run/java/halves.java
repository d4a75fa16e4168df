import java.io.*;

class Main {
    int[] seq;

    // Longest run inside seq[from..to), split in the middle.
    int increasingRun(int from, int to) {
        int size = to - from;
        if (size < 2) return size;
        int middle = from + size / 2;
        int best = Math.max(increasingRun(from, middle), increasingRun(middle, to));
        if (seq[middle - 1] >= seq[middle]) return best;

        int l = middle - 1, r = middle + 1;
        while (l > from && seq[l - 1] < seq[l]) l--;
        while (r < to && seq[r - 1] < seq[r]) r++;
        return Math.max(best, r - l);
    }

    void read(StreamTokenizer in) throws IOException {
        in.nextToken();
        seq = new int[(int) in.nval];
        for (int i = 0; i < seq.length; ++i) {
            in.nextToken();
            seq[i] = (int) in.nval;
        }
    }

    public static void main(String[] args) throws IOException {
        Main m = new Main();
        m.read(new StreamTokenizer(new BufferedReader(new InputStreamReader(System.in))));
        System.out.println(m.increasingRun(0, m.seq.length));
    }
}
