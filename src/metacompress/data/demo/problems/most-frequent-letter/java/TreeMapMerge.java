import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;

class Main {
    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        Map<Character, Integer> tally = new TreeMap<>();
        for (int c = reader.read(); c != -1 && c != '\n'; c = reader.read()) {
            char lower = (char) (c | 32);
            if (c > 64 && 'a' <= lower && lower <= 'z')
                tally.merge(lower, 1, Integer::sum);
        }

        String answer = "-";
        int record = 0;
        // keys come in alphabetical order, so only a larger count replaces
        for (var e : tally.entrySet()) {
            if (e.getValue() > record) {
                record = e.getValue();
                answer = e.getKey().toString();
            }
        }
        System.out.println(answer);
    }
}
