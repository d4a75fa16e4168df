import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashSet;
import java.util.Set;

class Main {
    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        String text = reader.readLine();
        if (text == null) text = "";

        Set<Character> window = new HashSet<>();
        int left = 0, right = 0, widest = 0;
        while (right < text.length()) {
            if (window.add(text.charAt(right))) {
                right++;
                if (window.size() > widest) widest = window.size();
            } else {
                window.remove(text.charAt(left));
                left++;
            }
        }
        System.out.println(widest);
    }
}
