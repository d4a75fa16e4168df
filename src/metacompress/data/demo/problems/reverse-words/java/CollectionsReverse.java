import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringTokenizer;

class Main {
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        String text = in.readLine();

        List<String> tokens = new ArrayList<>();
        if (text != null) {
            StringTokenizer st = new StringTokenizer(text, " ");
            while (st.hasMoreTokens()) tokens.add(st.nextToken());
        }

        Collections.reverse(tokens);
        System.out.println(String.join(" ", tokens));
    }
}
