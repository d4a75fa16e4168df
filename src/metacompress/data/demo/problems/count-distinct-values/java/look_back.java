import java.io.*;
import java.util.ArrayList;
import java.util.List;

class Main {
    private final List<Integer> earlier = new ArrayList<>();

    private boolean isNew(int candidate) {
        for (int e : earlier) {
            if (e == candidate) return false;
        }
        return true;
    }

    int numberOfDistinct(StreamTokenizer tokens, int length) throws IOException {
        int fresh = 0;
        while (earlier.size() < length) {
            tokens.nextToken();
            int candidate = (int) tokens.nval;
            if (isNew(candidate)) fresh++;
            earlier.add(candidate);
        }
        return fresh;
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
        tokens.nextToken();
        int length = (int) tokens.nval;
        System.out.println(new Main().numberOfDistinct(tokens, length));
    }
}
