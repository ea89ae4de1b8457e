import type { Field } from '../record/field.ts'

/**
 * Column names that mean a field, in English, German, French and Spanish. Compared without case, blanks, accents
 * and punctuation. Only names that mean one thing in most files are here: `name` and `id` are read as a full name
 * and a record key because that is what exports of people and orders call them.
 */
export const HEADER_WORDS: Readonly<Record<Field, string>> = {
  record_key:
    'id,record id,record key,row id,uid,uuid,guid,key,external id,source id,datensatz id,identifiant,identificador,ident,nr,ticket id,contact id,lead id,person id',
  updated_at:
    'updated at,last modified,last modified date,modified at,modified,modified date,last updated,updated,last update,changed at,geaendert am,geandert am,aktualisiert am,letzte aenderung,letzte anderung,modifie le,mis a jour le,date de modification,fecha de actualizacion,actualizado,system modstamp,lastmodifieddate',
  deleted:
    'deleted,is deleted,isdeleted,deleted at,deleted on,deleted date,date deleted,geloescht,geloscht,geloescht am,geloscht am,supprime,supprime le,eliminado,eliminado el,borrado',
  text: 'text,description,comment,comments,note,notes,message,body,subject,kommentar,bemerkung,beschreibung,notiz,nachricht,betreff,commentaire,remarque,sujet,comentario,descripcion,nota,mensaje,asunto,feedback',
  given_name:
    'first name,given name,given names,forename,fname,firstname,first,vorname,rufname,prenom,nombre,nombre de pila,primer nombre',
  middle_name: 'middle name,middle names,middle initial,second name,zweiter vorname,deuxieme prenom,segundo nombre',
  family_name:
    'last name,family name,surname,lname,lastname,last,nachname,familienname,zuname,nom,nom de famille,apellido,apellidos,primer apellido',
  full_name:
    'name,full name,fullname,display name,contact name,customer name,person name,vollstaendiger name,vollstandiger name,kundenname,ansprechpartner,nom complet,nom et prenom,nombre completo,nombre y apellidos,billing name,shipping name,requester name,kunde',
  birth_date:
    'birth date,birthdate,date of birth,dob,birthday,born,born on,geburtsdatum,geburtstag,geb datum,geboren am,date de naissance,naissance,ne le,fecha de nacimiento,nacimiento,fecha nacimiento',
  sex: 'sex,gender,geschlecht,sexe,genre,sexo,genero',
  email:
    'email,e mail,mail,email address,e mail address,mail address,primary email,work email,business email,personal email,email 1,email 2,email adresse,e mail adresse,mailadresse,courriel,adresse email,adresse e mail,adresse mail,mel,correo,correo electronico,direccion de correo,requester email,customer email,contact email',
  phone:
    'phone,phone number,telephone,telephone number,tel,tel no,mobile,mobile phone,mobile number,mobilephone,cell,cell phone,cellphone,home phone,work phone,other phone,phone 1,phone 2,telefon,telefonnummer,handy,handynummer,mobil,mobilnummer,mobiltelefon,rufnummer,telefon privat,telefon mobil,numero de telephone,portable,telephone portable,telefono,movil,telefono movil,numero de telefono,celular,billing phone,shipping phone,msisdn',
  street:
    'street,street name,street address,address line 1,address line1,address 1,address1,strasse,str,strasse und hausnummer,rue,adresse ligne 1,calle,via,billing street,shipping street,mailing street,home street,billing address1,shipping address1',
  house_number:
    'house number,house no,street number,street no,hausnummer,haus nr,hausnr,numero de rue,numero de voie,numero de calle',
  city: 'city,town,city name,locality,suburb,ort,stadt,wohnort,ville,localite,commune,ciudad,localidad,poblacion,municipio,billing city,shipping city,mailing city',
  postcode:
    'postcode,post code,postal code,zip,zip code,zipcode,plz,postleitzahl,code postal,cp,codigo postal,billing zip,shipping zip,mailing postal code,billing postal code,shipping postal code',
  region:
    'region,state,province,county,state province,state region,bundesland,land region,departement,provincia,comunidad autonoma,estado,billing province,shipping province,mailing state,billing state,shipping state',
  country:
    'country,country code,nation,land,staat,laendercode,landercode,pays,code pays,pais,codigo pais,billing country,shipping country,mailing country',
  address:
    'address,full address,postal address,mailing address,home address,billing address,shipping address,adresse,anschrift,postanschrift,adresse postale,direccion,direccion postal,domicilio',
  organisation:
    'company,company name,organisation,organization,organisation name,organization name,employer,account name,firma,firmenname,unternehmen,arbeitgeber,entreprise,societe,raison sociale,empresa,compania,razon social,billing company,shipping company,associated company',
  job_title:
    'job title,title,position,role,occupation,jobtitle,funktion,beruf,stelle,berufsbezeichnung,poste,fonction,profession,cargo,puesto,ocupacion',
  language: 'language,lang,locale,preferred language,sprache,langue,idioma',
  user_id:
    'user id,userid,username,user name,login,account id,member id,benutzer id,benutzername,id utilisateur,id usuario,usuario,external user id',
  customer_id:
    'customer id,customer number,customer no,customerid,cust id,client id,client number,kundennummer,kunden nr,kundennr,kunden id,numero client,code client,no client,numero de cliente,id cliente,codigo cliente,requester id',
  loyalty_id:
    'loyalty id,loyalty number,loyalty card,card number loyalty,membership number,kundenkarte,kundenkartennummer,carte de fidelite,numero de fidelite,tarjeta de fidelidad',
  national_id:
    'national id,national id number,national identification number,ssn,ssn number,social security number,social security no,national insurance number,nino,tax id,tax id number,tin,vat number,vat id,vat no,ein,company registration number,sozialversicherungsnummer,steuernummer,steuer id,ust id,ust id nr,umsatzsteuer id,handelsregisternummer,numero de securite sociale,numero fiscal,numero tva,siren,siret,dni,nie,nif,cif,numero de identificacion fiscal,numero de la seguridad social',
  passport_id:
    'passport,passport number,passport no,passport id,reisepass,reisepassnummer,passnummer,passeport,numero de passeport,pasaporte,numero de pasaporte',
  licence_id:
    'licence number,license number,driving licence,driving licence number,drivers license,drivers license number,driver license number,fuehrerschein,fuhrerschein,fuehrerscheinnummer,fuhrerscheinnummer,permis de conduire,numero de permis,permiso de conducir,numero de permiso de conducir',
  device_id: 'device id,deviceid,idfa,gaid,idfv,advertising id,android id,geraete id,gerate id,device advertising id',
  anonymous_id:
    'anonymous id,anonymousid,anon id,visitor id,cookie id,client uuid,user pseudo id,ga client id,fullvisitorid,distinct id,domain userid,besucher id',
  event_kind: 'type,event kind,kind',
  event_name:
    'event,event name,event type,ereignistyp,type evenement,tipo de evento,action,activity,ereignis,aktion,evenement,evento',
  occurred_at:
    'timestamp,time,event time,event timestamp,event date,occurred at,created at,created,date,datetime,created date,order date,purchase date,transaction date,invoice date,sent at,received at,original timestamp,datum,zeit,zeitpunkt,zeitstempel,erstellt am,bestelldatum,kaufdatum,rechnungsdatum,date de commande,date de creation,horodatage,heure,cree le,fecha,fecha de pedido,fecha de compra,fecha de creacion,hora,processed at,collector tstamp',
  message_id: 'message id,messageid,event id,event uuid,insert id,dedupe id,idempotency key',
  order_id:
    'order id,order number,order no,order,order name,orderid,invoice,invoice no,invoice number,invoice id,transaction id,receipt number,receipt no,bestellnummer,bestell nr,auftragsnummer,rechnungsnummer,belegnummer,numero de commande,commande,numero de facture,numero de pedido,pedido,numero de factura',
  product:
    'product,product name,product id,sku,item,item name,item id,article,stock code,stockcode,lineitem name,lineitem sku,line item name,artikel,artikelnummer,produkt,produktname,article id,produit,nom du produit,producto,articulo,nombre del producto,asin',
  category:
    'product category,item category,category code,category name,lineitem category,produktkategorie,catégorie de produit',
  quantity:
    'quantity,qty,units,count,lineitem quantity,line item quantity,menge,anzahl,stueck,stuck,quantite,qte,cantidad,unidades',
  unit_price:
    'unit price,price,item price,lineitem price,line item price,price per unit,preis,einzelpreis,stueckpreis,stuckpreis,prix,prix unitaire,precio,precio unitario',
  amount:
    'amount,total,total amount,total price,order total,revenue,value,sales,line total,grand total,betrag,gesamtbetrag,summe,umsatz,gesamt,montant,montant total,total ttc,chiffre d affaires,importe,importe total,monto,ingresos',
  currency: 'currency,currency code,waehrung,wahrung,waehrungscode,devise,monnaie,moneda,divisa,iso currency',
  url: 'url,page url,page,page location,link,website,web page,seite,webseite,page path,adresse web,enlace,pagina,current url',
  referrer: 'referrer,referer,page referrer,referring url,http referer,verweis,herkunft,referent,initial referrer',
  campaign: 'campaign,campaign name,utm campaign,kampagne,campagne,campana,campaign id',
  user_agent: 'user agent,useragent,browser agent,http user agent',
}
