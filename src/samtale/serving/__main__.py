from samtale.serving.supervisor import main

main()
