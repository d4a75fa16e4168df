import java.util.Scanner;

class Main {
    static int wordCount(String text) {
        int words = 0;
        boolean inside = false;
        for (char c : text.toCharArray()) {
            boolean letter = Character.isLetter(c);
            if (letter && !inside) {
                words++;
            }
            inside = letter;
        }
        return words;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        if (!scanner.hasNextLine()) {
            System.out.println(0);
            return;
        }
        System.out.println(wordCount(scanner.nextLine()));
    }
}
