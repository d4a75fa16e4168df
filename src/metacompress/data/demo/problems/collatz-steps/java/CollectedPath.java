import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

class Main {
    static List<Long> collatzPath(long from) {
        List<Long> visited = new ArrayList<>();
        visited.add(from);
        for (;;) {
            long last = visited.get(visited.size() - 1);
            if (last <= 1) {
                return visited;
            }
            boolean even = last % 2 == 0;
            visited.add(even ? last / 2 : last * 3 + 1);
        }
    }

    static long parse(InputStream in) throws java.io.IOException {
        long n = 0;
        int b;
        while ((b = in.read()) != -1 && Character.isDigit(b)) {
            n = 10 * n + Character.digit(b, 10);
        }
        return n;
    }

    public static void main(String[] args) throws java.io.IOException {
        System.out.println(collatzPath(parse(System.in)).size() - 1);
    }
}
