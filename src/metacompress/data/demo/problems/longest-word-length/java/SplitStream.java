import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;

class Main {
    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        String text = reader.readLine();
        if (text == null) text = "";

        // split may produce an empty first piece, which does no harm here
        int answer = Arrays.stream(text.split("[^A-Za-z]+"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        System.out.println(answer);
    }
}
