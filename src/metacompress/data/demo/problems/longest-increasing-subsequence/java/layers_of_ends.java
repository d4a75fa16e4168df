import java.io.*;
import java.util.ArrayList;
import java.util.List;

class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer tok = new StreamTokenizer(new InputStreamReader(System.in));
        tok.nextToken();
        int n = (int) tok.nval;
        List<Integer> smallestEnd = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tok.nextToken();
            place(smallestEnd, (int) tok.nval);
        }
        System.out.println(smallestEnd.size());
    }

    /** Walks from the longest chain down and improves the first one that allows it. */
    private static void place(List<Integer> smallestEnd, int value) {
        int level = smallestEnd.size();
        while (level > 0 && smallestEnd.get(level - 1) >= value) {
            level--;
        }
        if (level == smallestEnd.size()) {
            smallestEnd.add(value);
        } else {
            smallestEnd.set(level, value);
        }
    }
}
