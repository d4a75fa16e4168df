import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.util.ArrayList;
import java.util.List;

class Main {

    // Adds each number to its right neighbour, like one line of additions.
    private static List<Long> binomialBelow(List<Long> line) {
        List<Long> next = new ArrayList<>();
        long left = 0;
        for (long here : line) {
            next.add(left + here);
            left = here;
        }
        next.add(left);
        return next;
    }

    public static void main(String[] args) throws Exception {
        StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
        st.nextToken();
        int depth = (int) st.nval;
        st.nextToken();
        int index = (int) st.nval;

        List<Long> line = List.of(1L);
        for (int i = 0; i < depth; i++) {
            line = binomialBelow(line);
        }
        if (index < 0 || index >= line.size()) {
            System.out.println(0);
        } else {
            System.out.println(line.get(index));
        }
    }
}
