import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Scanner;

class Main {
    static char firstUnique(String text) {
        Map<Character, Integer> counts = new LinkedHashMap<>();
        for (char c : text.toCharArray()) {
            counts.merge(c, 1, Integer::sum);
        }
        for (Map.Entry<Character, Integer> entry : counts.entrySet()) {
            if (entry.getValue() == 1 && entry.getKey() != ' ') {
                return entry.getKey();
            }
        }
        return '-';
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        String text = scanner.hasNextLine() ? scanner.nextLine() : "";
        System.out.println(firstUnique(text));
    }
}
