import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {

    static String digitRoot(String digits) {
        if (digits.length() == 1) {
            return digits;
        }
        int total = digits.chars().map(c -> c - '0').sum();
        return digitRoot(Integer.toString(total));
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println(digitRoot(in.readLine().trim()));
    }
}
