import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {
    private static String toBits(int number) {
        StringBuilder out = new StringBuilder();
        do {
            out.append(number % 2);
            number /= 2;
        } while (number > 0);
        return out.reverse().toString();
    }

    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        String text = toBits(Integer.parseInt(reader.readLine().trim()));
        System.out.println(text.length() - text.replace("1", "").length());
    }
}
