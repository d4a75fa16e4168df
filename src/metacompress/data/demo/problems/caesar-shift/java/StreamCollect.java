import java.util.Scanner;
import java.util.stream.Collectors;

class Main {
    // Character.isLetter is enough here, the text is plain ASCII
    static int rotate(int c) {
        if (!Character.isLetter(c))
            return c;
        int base = Character.isUpperCase(c) ? 'A' : 'a';
        return Math.floorMod(c - base + 3, 26) + base;
    }

    public static void main(String[] args) {
        Scanner s = new Scanner(System.in).useDelimiter("\n");
        String input = s.hasNext() ? s.next() : "";
        String caesarCipher = input.chars()
            .map(Main::rotate)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
        System.out.println(caesarCipher);
    }
}
