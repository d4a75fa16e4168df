import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.regex.Pattern;

class Main {
    private static final Pattern LETTERS = Pattern.compile("[a-zA-Z]+");

    private static long wordOccurrences(String line) {
        return LETTERS.matcher(line).results().count();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        String line = br.readLine();
        System.out.println(line == null ? 0L : wordOccurrences(line));
    }
}
