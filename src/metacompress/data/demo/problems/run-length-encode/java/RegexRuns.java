import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class Main {
    private static final Pattern SAME = Pattern.compile("(.)\\1*");

    public static void main(String[] args) throws IOException {
        var stdin = new BufferedReader(new InputStreamReader(System.in));
        String line = stdin.readLine();
        if (line == null) {
            System.out.println();
            return;
        }
        Matcher m = SAME.matcher(line);
        while (m.find()) {
            System.out.print(m.group().length());
            System.out.print(m.group(1));
        }
        System.out.println();
    }
}
